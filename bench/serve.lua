-- wrk's requests for bench/measure_serve.sh: what a page asks when it opens, one after the other.
local paths = {"/api/status", "/api/events?order=latest&limit=50", "/api/timeline?by=year", "/api/facets", "/api/network?from=2015&to=2015&top=50",
               "/api/actors?limit=50", "/api/statements?actor=Iran&limit=50", "/api/documents"}
local at = 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
response = function(status) if status ~= 200 then bad = (bad or 0) + 1; if bad < 3 then io.write("status ", status, "\n") end end end
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("requests %d seconds %.1f errors %d p50 %.2f p99 %.2f\n", summary.requests, summary.duration / 1e6,
                         e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
