# Writes r-edges.json: Rscript rEdges.R (R >= 3.6, x86-64 with fused multiply-add). Hard seeds and sizes; of the long ones,
# the MD5 of the little-endian bytes.

RNGkind("L'Ecuyer-CMRG", "Inversion", "Rejection")
whole <- function(x) paste(format(x, scientific = FALSE, trim = TRUE), collapse = ",")
real <- function(x) paste(sprintf("%.17g", x), collapse = ",")
call <- function(method, arguments, values) sprintf('["%s",[%s],[%s]]', method, arguments, values)

calls <- function(seed) {
  set.seed(seed)
  stream <- parallel::nextRNGStream(.Random.seed)
  sub <- parallel::nextRNGSubStream(stream)
  out <- c(call("state", "", whole(.Random.seed[-1])), call("nextStream", "", whole(stream[-1])), call("nextStream.nextSubstream", "", whole(sub[-1])))
  out <- c(out, call("random", "3", real(runif(3))), call("normal", "12", real(rnorm(12))), call("exponential", "9", real(rexp(9))))
  for (n in c(1, 2, 3, 16, 17, 65536, 65537, 1e6)) out <- c(out, call("sample", sprintf("%.0f,%d,false", n, min(n, 5)), whole(sample.int(n, min(n, 5)))))
  for (n in c(1e7 + 1, 2^31, 2^33, 4e15)) out <- c(out, call("sample", sprintf("%.0f,4,false", n), whole(sample.int(n, 4))))
  for (n in c(1, 5, 65536, 2^31 - 1, 2^31, 2^32 + 1, 2^48, 2^49 + 1, 4.5e15)) out <- c(out, call("sample", sprintf("%.0f,3,true", n), whole(sample.int(n, 3, replace = TRUE))))
  c(out, call("permutation", "12", whole(sample.int(12))), call("state", "", whole(.Random.seed[-1])))
}

md5 <- function(values) {
  file <- tempfile()
  writeBin(values, file, endian = "little")
  unname(tools::md5sum(file))
}

seeds <- c(0, 1, -1, 42, -42, 2147483647, -2147483647, 123456789)
rows <- vapply(seeds, function(seed) sprintf('{"seed":%.0f,"calls":[%s]}', seed, paste(calls(seed), collapse = ",")), "")
long <- vapply(c("random", "normal", "exponential"), function(method) {
  set.seed(5)
  values <- switch(method, random = runif(1e6), normal = rnorm(1e6), exponential = rexp(1e6))
  sprintf('{"seed":5,"n":1000000,"method":"%s","md5":"%s"}', method, md5(values))
}, "")
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
writeLines(sprintf('{"source":"rEdges.R, %s",\n"sequences":[\n%s\n],\n"long":[\n%s\n]}', R.version.string, paste(rows, collapse = ",\n"), paste(long, collapse = ",\n")),
  file.path(here, "r-edges.json"))
