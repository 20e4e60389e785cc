#include "resources.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct casus_resources {
    casus_model *model;
    casus_lexicon *lexicon;
    casus_gazetteer *gazetteer;
    const casus_petrarch *dictionary;
    bool every;
    char version[256];
};

casus_code casus_resources_open(casus_resources **out, const casus_resources_options *o, casus_error *err) {
    char path[1024];
    casus_resources *r = calloc(1, sizeof *r);
    if (!r) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory opening the data in %s", o->data);
    snprintf(path, sizeof path, "%s/%s", o->data, o->fast ? "english-fast.casus" : "english.casus");
    casus_code code = casus_model_open(&r->model, path, err);
    snprintf(path, sizeof path, "%s/lexicon.casus", o->data);
    if (!code) code = casus_lexicon_open_with(&r->lexicon, o->data, o->knowledge, err);
    snprintf(path, sizeof path, "%s/gazetteer.casus", o->data);
    if (!code) code = casus_gazetteer_open(&r->gazetteer, path, err);
    if (code) {
        casus_resources_close(r);
        return code;
    }
    snprintf(r->version, sizeof r->version, "casus %s; model %s; knowledge %08llx", CASUS_VERSION, casus_model_version(r->model),
             (unsigned long long)(casus_lexicon_hash(r->lexicon) >> 32));
    r->dictionary = o->dictionary;
    r->every = o->every || o->dictionary; /* a dictionary's verbs are not the lexicon's */
    if (o->dictionary) {
        size_t n = strlen(r->version);
        snprintf(r->version + n, sizeof r->version - n, "; dictionary %08llx", (unsigned long long)(casus_petrarch_hash(o->dictionary) >> 32));
    }
    *out = r;
    return CASUS_OK;
}

void casus_resources_close(casus_resources *r) {
    if (!r) return;
    casus_model_close(r->model);
    casus_lexicon_close(r->lexicon);
    casus_gazetteer_close(r->gazetteer);
    free(r);
}

const char *casus_resources_version(const casus_resources *r) { return r->version; }
const casus_model *casus_resources_model(const casus_resources *r) { return r->model; }
const casus_model *resources_model(const casus_resources *r) { return r->model; }
const casus_gazetteer *resources_gazetteer(const casus_resources *r) { return r->gazetteer; }
const casus_lexicon *resources_lexicon(const casus_resources *r) { return r->lexicon; }
const casus_petrarch *resources_dictionary(const casus_resources *r) { return r->dictionary; }
bool resources_every(const casus_resources *r) { return r->every; }
