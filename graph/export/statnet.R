# Reads ties.csv and nodes.csv of this folder, makes the tables anew with sna (statnet), and compares them with
# network.csv and bodies.csv, which Tsunagari wrote. Run in this folder:  Rscript tables.R
# For ERGM or SIENA go on from `network` (a statnet network object) or `matrix`.
suppressMessages(library(sna))

nodes <- read.csv("nodes.csv", encoding = "UTF-8", colClasses = c(sector = "character"))
ties <- read.csv("ties.csv")
size <- nrow(nodes)
matrix <- matrix(0, size, size)
matrix[cbind(ties$source, ties$target)] <- 1
tied <- symmetrize(matrix, rule = "weak")
if (requireNamespace("network", quietly = TRUE)) {
  network <- network::network(matrix, directed = TRUE)
  network::set.vertex.attribute(network, "vertex.names", nodes$label)
  network::set.vertex.attribute(network, "sector", nodes$sector)
}

census <- dyad.census(matrix)
reached <- geodist(tied)$gdist
reached <- reached[reached > 0 & is.finite(reached)]
found <- c(
  bodies = size, ties = sum(matrix), density = gden(matrix), mutual = census[1], one_way = census[2],
  reciprocity = grecip(matrix, measure = "edgewise"), transitivity = gtrans(matrix),
  components = components(matrix, connected = "weak"), connectedness = connectedness(matrix),
  mean_distance = mean(reached), diameter = max(reached, -Inf),
  degree_centralization = centralization(tied, degree, mode = "graph"),
  in_degree_centralization = centralization(matrix, degree, mode = "digraph", cmode = "indegree"),
  out_degree_centralization = centralization(matrix, degree, mode = "digraph", cmode = "outdegree"),
  betweenness_centralization = centralization(tied, betweenness, mode = "graph")
)
write.csv(data.frame(measure = names(found), value = unname(found)), "network_sna.csv", row.names = FALSE)

roles <- brokerage(matrix, nodes$sector)$raw.nli
bodies <- data.frame(
  id = nodes$id,
  degree = degree(tied, gmode = "graph"),
  in_degree = degree(matrix, cmode = "indegree"),
  out_degree = degree(matrix, cmode = "outdegree"),
  betweenness = betweenness(tied, gmode = "graph") / max((size - 1) * (size - 2) / 2, 1),
  coordinator = roles[, 1], itinerant = roles[, 2], representative = roles[, 3], gatekeeper = roles[, 4],
  liaison = roles[, 5]
)
write.csv(bodies, "bodies_sna.csv", row.names = FALSE, fileEncoding = "UTF-8")

off <- function(one, other) max(0, abs(one - other), na.rm = TRUE)
given <- read.csv("network.csv")
given <- setNames(given$value, given$measure)
both <- intersect(names(given), names(found))
theirs <- read.csv("bodies.csv", encoding = "UTF-8")
columns <- intersect(names(theirs), names(bodies)[-1])
furthest <- max(off(given[both], found[both]), sapply(columns, function(name) off(theirs[[name]], bodies[[name]])))
cat(sprintf("%d figures and %d columns compared; largest difference %.2g\n", length(both), length(columns), furthest))
if (furthest > 1e-6) quit(status = 1)
