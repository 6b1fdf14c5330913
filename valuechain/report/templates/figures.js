for (const place of document.querySelectorAll("[data-figure]")) {
  const drawn = JSON.parse(document.getElementById(place.dataset.figure).textContent);
  Plotly.newPlot(place, drawn.data, drawn.layout, drawn.config);
}
