# A ledger in R: a dyad's months with RSQLite, and the signed network with igraph, from the ledger and from GraphML.
#
#   Rscript events.R casus.db SOURCE TARGET [network.graphml]
#
# The GraphML file comes from `casus export --to graphml > network.graphml`.
suppressPackageStartupMessages({
  library(DBI)
  library(igraph)
})
arguments <- commandArgs(trailingOnly = TRUE)
ledger <- dbConnect(RSQLite::SQLite(), arguments[1], flags = RSQLite::SQLITE_RO)

months <- dbGetQuery(ledger, "
  SELECT substr(time_begin, 1, 7) AS month, source, target, count(*) AS events, sum(cooperation) AS cooperation, sum(conflict) AS conflict
  FROM all_events WHERE (source = ?1 AND target = ?2) OR (source = ?2 AND target = ?1)
  GROUP BY month, source, target ORDER BY month, source, target", params = list(arguments[2], arguments[3]))
write.table(months, sep = "\t", quote = FALSE, row.names = FALSE)

# Ties without direction: what passed between two, cooperation less conflict; its sign is friend or foe.
ties <- dbGetQuery(ledger, "
  SELECT min(source, target) AS a, max(source, target) AS b, sum(cooperation - conflict) AS net FROM all_events
  WHERE source <> target GROUP BY a, b HAVING net <> 0 ORDER BY a, b")
dbDisconnect(ledger)
network <- graph_from_data_frame(ties, directed = FALSE)
cat(sprintf("network: %d actors, %d ties, %d friendly\n", vcount(network), ecount(network), sum(ties$net > 0)))

# A triangle is balanced when the product of its signs is positive (Cartwright and Harary 1956).
sign_of <- function(a, b) sign(network[a, b, attr = "net"])
corners <- matrix(triangles(network), nrow = 3)
balanced <- if (ncol(corners)) apply(corners, 2, function(v) sign_of(v[1], v[2]) * sign_of(v[2], v[3]) * sign_of(v[1], v[3]) > 0) else logical(0)
cat(sprintf("triangles: %d, %d balanced\n", length(balanced), sum(balanced)))

if (length(arguments) > 3) {
  read <- read_graph(arguments[4], format = "graphml")
  cat(sprintf("graphml: %d actors, %d edges (pair and year), years %g to %g, weights %g, signs %s\n", vcount(read), ecount(read), min(E(read)$year),
              max(E(read)$year), sum(E(read)$weight), paste(table(factor(E(read)$sign, -1:1)), collapse = "/")))
}
