import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The numbers of this process for Prometheus. */
export interface Metrics {
  /** Where other parts of the house register their own. */
  register: Registry;
  request(method: string, route: string, status: number, seconds: number): void;
  /** Event streams open now. */
  streams: Gauge;
}

/** Methods there are; a client may invent others, and each would be a new time series. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Opens a registry of its own, so that two houses in one process do not count each other's requests. */
export function openMetrics(): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const requests = new Counter({
    name: 'haolin_http_requests_total',
    help: 'Requests answered, by route pattern and status',
    labelNames: ['method', 'route', 'status'],
    registers: [register],
  });
  const seconds = new Histogram({
    name: 'haolin_http_request_seconds',
    help: 'Time from request to answer, by route pattern',
    labelNames: ['method', 'route'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [register],
  });
  const streams = new Gauge({
    name: 'haolin_http_event_streams',
    help: 'Event streams open now',
    registers: [register],
  });
  return {
    register,
    streams,
    request(method, route, status, elapsed) {
      const known = METHODS.has(method) ? method : 'other';
      requests.inc({ method: known, route, status });
      seconds.observe({ method: known, route }, elapsed);
    },
  };
}
