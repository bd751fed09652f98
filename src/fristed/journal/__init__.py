"""The append-only record of every act, and the frame in which acts run."""
