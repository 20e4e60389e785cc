/* The container of compiled files; its layout is described in casus/base.h. */
#include "casus/base.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

typedef struct pack_head {
    char magic[16];
    uint32_t version, sections;
    uint64_t size, hash;
} pack_head;

typedef struct pack_entry {
    char name[16];
    uint64_t offset, size;
} pack_entry;

enum { ALIGN = 64 };

static void make_magic(char magic[16], const char *kind) {
    memset(magic, 0, 16);
    memcpy(magic, "casus", 5);
    size_t n = strlen(kind);
    memcpy(magic + 5, kind, n > 10 ? 10 : n);
}

static casus_code refuse(casus_pack *p, casus_error *err, casus_code code, const char *path, const char *why) {
    casus_pack_close(p);
    return casus_fail_at(err, code, path, 0, -1, "%s", why);
}

static bool sections_fit(const casus_pack *p) {
    const pack_entry *e = (const pack_entry *)(const void *)(p->map.at + sizeof(pack_head));
    uint64_t room = (p->map.n - sizeof(pack_head)) / sizeof *e;
    if (p->sections > room) return false;
    for (uint32_t i = 0; i < p->sections; i++)
        if (e[i].offset > p->map.n || e[i].size > p->map.n - e[i].offset || e[i].offset % ALIGN || e[i].name[15]) return false;
    return true;
}

casus_code casus_pack_open(casus_pack *p, const char *path, const char *kind, uint32_t version, casus_error *err) {
    memset(p, 0, sizeof *p);
    casus_code code = casus_map_open(&p->map, path, err);
    if (code) return code;
    pack_head h;
    char magic[16];
    make_magic(magic, kind);
    if (p->map.n < sizeof h) return refuse(p, err, CASUS_ERR_FORMAT, path, "too short to be a compiled casus file");
    memcpy(&h, p->map.at, sizeof h);
    if (memcmp(h.magic, magic, 16) != 0) return refuse(p, err, CASUS_ERR_FORMAT, path, "not a compiled casus file of this kind");
    if (h.version != version) return refuse(p, err, CASUS_ERR_VERSION, path, "made by another version of casus; rebuild it");
    if (h.size != p->map.n) return refuse(p, err, CASUS_ERR_FORMAT, path, "truncated, or with bytes added");
    if (h.hash != XXH3_64bits(p->map.at + sizeof h, p->map.n - sizeof h))
        return refuse(p, err, CASUS_ERR_VERSION, path, "damaged: the checksum does not match");
    p->sections = h.sections;
    p->hash = h.hash;
    if (!sections_fit(p)) return refuse(p, err, CASUS_ERR_FORMAT, path, "damaged: a section lies outside the file");
    return CASUS_OK;
}

void casus_pack_close(casus_pack *p) {
    if (!p) return;
    casus_map_close(&p->map);
    memset(p, 0, sizeof *p);
}

const void *casus_pack_find(const casus_pack *p, const char *name, size_t *size) {
    const pack_entry *e = (const pack_entry *)(const void *)(p->map.at + sizeof(pack_head));
    for (uint32_t i = 0; i < p->sections; i++) {
        if (strncmp(e[i].name, name, sizeof e[i].name) != 0) continue;
        *size = (size_t)e[i].size;
        return p->map.at + e[i].offset;
    }
    *size = 0;
    return NULL;
}

static void pad(casus_buf *b) {
    static const char zeros[ALIGN];
    if (b->n % ALIGN) casus_buf_add(b, zeros, ALIGN - b->n % ALIGN);
}

casus_code casus_pack_write(const char *path, const char *kind, uint32_t version, const casus_pack_part *parts, size_t n,
                            casus_error *err) {
    casus_buf b = {0};
    pack_head h = {.version = version, .sections = (uint32_t)n};
    make_magic(h.magic, kind);
    casus_buf_add(&b, (const char *)&h, sizeof h);
    for (size_t i = 0; i < n; i++) {
        pack_entry e = {.size = parts[i].size};
        memcpy(e.name, parts[i].name, strnlen(parts[i].name, sizeof e.name - 1));
        casus_buf_add(&b, (const char *)&e, sizeof e);
    }
    for (size_t i = 0; i < n && !b.failed; i++) {
        pad(&b);
        uint64_t offset = b.n;
        if (!b.failed) memcpy(b.at + sizeof h + i * sizeof(pack_entry) + offsetof(pack_entry, offset), &offset, sizeof offset);
        casus_buf_add(&b, parts[i].bytes, parts[i].size);
    }
    if (b.failed) {
        casus_buf_done(&b);
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory writing %s", path);
    }
    h.size = b.n;
    h.hash = XXH3_64bits(b.at + sizeof h, b.n - sizeof h);
    memcpy(b.at, &h, sizeof h);
    casus_code code = casus_file_write(path, b.at, b.n, err);
    casus_buf_done(&b);
    return code;
}
