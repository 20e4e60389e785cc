# Lines as JSON documents of one sentence; -v prefix=WORD begins their ids.
{ printf "{\"id\":\"%s-%d\",\"date\":\"2020-06-15\",\"text\":\"%s\"}\n", prefix, NR, escape($0) }
