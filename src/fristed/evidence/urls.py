"""The addresses of readers: the journal and reports."""

from __future__ import annotations

from django.urls import path

from fristed.evidence.screens import journal, reports

app_name = "evidence"
urlpatterns = [
    path("journal/", journal.journal, name="journal"),
    path("journal/<str:kind>/<str:thing>/", journal.record_page, name="record"),
    path("reports/", reports.reports, name="reports"),
    path("reports/thistle/", reports.table, name="table"),
]
