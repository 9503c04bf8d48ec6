// The desk: what its pages do beyond links and forms. Each behaviour is a file of its own; all of it may be missing.
import "./desk/log.js";
import { canned } from "./desk/canned.js";
import { facets } from "./desk/facets.js";
import { first } from "./desk/first.js";
import { keys } from "./desk/keys.js";
import { copying } from "./desk/copy.js";
import { drawers } from "./desk/drawers.js";
import { mentions } from "./desk/mentions.js";
import { picking } from "./desk/picking.js";
import { replying } from "./desk/reply.js";
import { previewing } from "./desk/preview.js";
import { seconds } from "./desk/seconds.js";
import { tallies } from "./desk/tallies.js";
import { typing } from "./desk/typed.js";

canned();
mentions();
facets();
first();
keys();
copying();
drawers();
picking();
replying();
previewing();
seconds();
tallies();
typing();
