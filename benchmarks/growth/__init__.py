"""What Broadsheet costs as an archive grows to ten million short articles: measured, kept, shown and drawn."""
