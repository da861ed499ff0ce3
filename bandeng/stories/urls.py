"""The newsroom's addresses."""

from django.urls import path

from bandeng.stories import views

app_name = "stories"
urlpatterns = [
    path("", views.Front.as_view(), name="front"),
    path("page.pdf", views.Pdf.as_view(), name="pdf"),
    path("stories/<slug:slug>/", views.StoryPage.as_view(), name="story"),
    path("figures/", views.Figures.as_view(), name="figures"),
    path("figures/<str:key>/", views.FigurePage.as_view(), name="figure"),
    path("figures/<str:key>/proof.zip", views.FigureProof.as_view(), name="figure-proof"),
]
