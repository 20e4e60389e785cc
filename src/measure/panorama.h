/* Inside the panorama. */
#ifndef MEASURE_PANORAMA_H
#define MEASURE_PANORAMA_H

enum { PANORAMA_ORIGINS = 16 }; /* formats there can be */

#endif
