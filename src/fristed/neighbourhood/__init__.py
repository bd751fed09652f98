"""The street around the room: needle finds, complaints, public injecting counts, patrols."""
