// Comfort on every page: times, which the server tells in UTC, are shown in the reader's own; where the rooms are
// one long line, the present one is in sight.
"use strict";

const two = (number) => String(number).padStart(2, "0");
for (const time of document.querySelectorAll("time[datetime]")) {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime())) continue;
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  time.textContent = `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

const rooms = document.querySelector(".rooms ul");
const here = rooms?.querySelector("[aria-current]");
if (here) rooms.scrollLeft = here.offsetLeft - rooms.offsetLeft - (rooms.clientWidth - here.offsetWidth) / 2;
