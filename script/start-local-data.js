// Starts the program that keeps people's data (crates/local-data), in a worker or in the page: whichever names this script.

import init from './local-data.js';

init();
