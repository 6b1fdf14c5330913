"""What single cells mean: figures, dates, bands, lists, countries, as people write them."""
