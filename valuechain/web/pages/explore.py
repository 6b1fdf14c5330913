"""The heatmap."""

from fastapi import APIRouter

from valuechain.web.errors import PageRoute

router = APIRouter(route_class=PageRoute)
