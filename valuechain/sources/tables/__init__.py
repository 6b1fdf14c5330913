"""From files to tables: whatever form people bring, with the place of every row."""
