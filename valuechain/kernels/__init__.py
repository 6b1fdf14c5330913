"""Functions over compressed sparse rows; integers and floats only, no names."""
