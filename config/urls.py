"""All addresses."""

from typing import Any

from django.urls import include, path

urlpatterns: list[Any] = [
    path("", include("bandeng.kit.urls")),
    path("", include("bandeng.trail.urls")),
    path("", include("bandeng.people.door_urls")),
    path("", include("bandeng.people.urls")),
    path("places/", include("bandeng.people.estates.urls")),
    path("", include("bandeng.desk.urls")),
    path("", include("bandeng.stories.urls")),
    path("", include("bandeng.cases.urls")),
    path("money/", include("bandeng.funds.urls")),
]
handler400 = "bandeng.kit.error_pages.bad_request"
handler403 = "bandeng.kit.error_pages.permission_denied"
handler404 = "bandeng.kit.error_pages.page_not_found"
handler500 = "bandeng.kit.error_pages.server_error"
