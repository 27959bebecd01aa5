import { startCalls } from "./calls.js";
import { startTexts } from "./texts.js";

startTexts();
startCalls();
