-- Asks for the paths of the command line in turn, if there are any.
local paths, turn = {}, 0

init = function(args)
  paths = args
end

request = function()
  if #paths == 0 then
    return wrk.format()
  end
  turn = turn % #paths + 1
  return wrk.format(nil, paths[turn])
end

-- Writes one line of JSON at the end: counts, and latencies in milliseconds.
done = function(summary, latency, requests)
  local failed = summary.errors.connect + summary.errors.read
    + summary.errors.write + summary.errors.status + summary.errors.timeout
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.6f, "failed": %d, "p50": %.4f, "p99": %.4f}\n',
    summary.requests, summary.duration / 1e6, failed,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
