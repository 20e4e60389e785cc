/* resources.h — what coders share. */
#ifndef CODER_RESOURCES_H
#define CODER_RESOURCES_H

#include "casus/coder.h"
#include "casus/gazetteer.h"
#include "casus/lexicon.h"
#include "casus/petrarch.h"

const casus_model *resources_model(const casus_resources *r);
const casus_lexicon *resources_lexicon(const casus_resources *r);
const casus_petrarch *resources_dictionary(const casus_resources *r); /* or NULL */
bool resources_every(const casus_resources *r); /* no sentence is passed over unparsed */
const casus_gazetteer *resources_gazetteer(const casus_resources *r);

#endif
