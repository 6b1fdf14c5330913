// Makes the pages quicker to use; every page works without it.

import "./evidence";
import { suggest } from "./suggestions";

document.querySelectorAll<HTMLInputElement>("input[data-suggest]").forEach(suggest);
