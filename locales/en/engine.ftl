# What happens while tasks are sent, and why a run stops.
