"""Addresses of places; their names begin with `places:`."""

from django.urls import path, register_converter

from bandeng.people.estates.views import calendar, keeping, pages, roster

register_converter(calendar.YearConverter, "year")
app_name = "places"
urlpatterns = [
    path("estates/", pages.EstateList.as_view(), name="estates"),
    path("estates/add/", keeping.AddEstate.as_view(), name="add-estate"),
    path("estates/<int:pk>/", pages.EstatePage.as_view(), name="estate"),
    path("estates/<int:pk>/change/", keeping.ChangeEstate.as_view(), name="change-estate"),
    path("estates/<int:pk>/homes/", pages.HomeList.as_view(), name="homes"),
    path("estates/<int:pk>/buildings/add/", keeping.AddBuilding.as_view(), name="add-building"),
    path("estates/<int:pk>/roster/", roster.UploadRoster.as_view(), name="import-roster"),
    path("rosters/template/", roster.RosterTemplate.as_view(), name="roster-template"),
    path("rosters/<uuid:token>/", roster.CheckRoster.as_view(), name="check-roster"),
    path("buildings/<int:pk>/", pages.BuildingPage.as_view(), name="building"),
    path("buildings/<int:pk>/numbers/add/", keeping.AddAlias.as_view(), name="add-alias"),
    path("numbers/<int:pk>/remove/", keeping.RemoveAlias.as_view(), name="remove-alias"),
    path("buildings/<int:pk>/management/", keeping.SetManagement.as_view(), name="set-management"),
    path("homes/<int:pk>/", pages.HomePage.as_view(), name="home"),
    path("homes/<int:pk>/change/", keeping.ChangeHome.as_view(), name="change-home"),
    path("homes/<int:pk>/states/add/", keeping.SetState.as_view(), name="set-state"),
    path("states/<int:pk>/end/", keeping.EndState.as_view(), name="end-state"),
    path("areas/", pages.AreaList.as_view(), name="areas"),
    path("areas/add/", keeping.AddArea.as_view(), name="add-area"),
    path("areas/<int:pk>/rename/", keeping.RenameArea.as_view(), name="rename-area"),
    path("calendar/", calendar.Calendar.as_view(), name="calendar"),
    path("calendar/<year:year>/", calendar.Year.as_view(), name="calendar-year"),
    path("calendar/day/", calendar.Day.as_view(), name="calendar-day"),
]
