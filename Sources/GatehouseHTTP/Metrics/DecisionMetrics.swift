public import CoreMetrics

#if Tracing
public import Tracing
#endif

/// Metrics and spans of decisions about requests, for swift-metrics and swift-distributed-tracing: the number of decisions by outcome, and
/// their times.
///
/// ```swift
/// let routes = RouteGuard(rules, Gate(clerk, authorizer, metrics: DecisionMetrics()))
/// ```
///
/// The page “Observability” lists the names. The metrics contain nothing of a request but the outcome, the status and the reason's code.
public struct DecisionMetrics: Sendable {
    private let outcomes: [Outcome: Counter]
    private let duration: Timer
    private let authentications: [AuthenticationOutcome: Counter]
    private let authenticationDuration: Timer
    private let spans: DecisionSpans

    /// Makes the metrics. The metrics of one gate are made once. With the trait `Tracing`, the process's tracer receives spans.
    ///
    /// - Parameters:
    ///   - dimensions: The labels that distinguish this server from others, if there are several.
    ///   - factory: The metrics backend; `nil` for the process's backend.
    public init(dimensions: [(String, String)] = [], factory: (any MetricsFactory)? = nil) {
        self.init(dimensions, factory, DecisionSpans())
    }

    #if Tracing
    /// Makes the metrics with another tracer.
    public init(
        dimensions: [(String, String)] = [],
        factory: (any MetricsFactory)? = nil,
        tracer: any Tracer
    ) {
        self.init(dimensions, factory, DecisionSpans(tracer))
    }
    #else
    /// Makes the metrics with another tracer.
    @available(*, unavailable, message: "enable the trait Tracing of the package gatehouse")
    public init(dimensions: [(String, String)] = [], factory: (any MetricsFactory)? = nil, tracer: Any) {
        self.init(dimensions, factory, DecisionSpans())
    }
    #endif

    private init(_ dimensions: [(String, String)], _ factory: (any MetricsFactory)?, _ spans: DecisionSpans) {
        let factory = factory ?? MetricsSystem.factory
        func counter(_ name: String, _ outcome: String) -> Counter {
            Counter(label: name, dimensions: dimensions + [("outcome", outcome)], factory: factory)
        }
        outcomes = Dictionary(
            uniqueKeysWithValues: Outcome.allCases.map { ($0, counter("gatehouse.decisions", $0.rawValue)) }
        )
        authentications = Dictionary(
            uniqueKeysWithValues: AuthenticationOutcome.allCases.map {
                ($0, counter("gatehouse.authentications", $0.rawValue))
            }
        )
        duration = Timer(label: "gatehouse.decision.duration", dimensions: dimensions, factory: factory)
        authenticationDuration = Timer(
            label: "gatehouse.authentication.duration",
            dimensions: dimensions,
            factory: factory
        )
        self.spans = spans
    }

    /// Measures a decision.
    func measure(_ decide: () async -> AuthorizationResult) async -> AuthorizationResult {
        let start = ContinuousClock.now
        let result = await spans.decision(decide) { Outcome($0).rawValue }
        duration.recordNanoseconds((ContinuousClock.now - start).wholeNanoseconds)
        outcomes[Outcome(result)]?.increment()
        return result
    }

    /// Measures a decision that was known without suspension, and records nothing if the decision was not known.
    func measureKnown(_ decide: () -> AuthorizationRequest?) -> AuthorizationRequest? {
        let start = ContinuousClock.now
        guard let request = spans.knownDecision(decide, named: Outcome.allowed.rawValue) else { return nil }
        duration.recordNanoseconds((ContinuousClock.now - start).wholeNanoseconds)
        outcomes[.allowed]?.increment()
        return request
    }

    /// Counts an authentication whose result was known without suspension, so that there was nothing to measure.
    func countKnownAuthentication() { authentications[.authenticated]?.increment() }

    /// Measures the time of an authentication.
    func measureAuthentication(_ authenticate: () async -> AuthorizationResult) async -> AuthorizationResult {
        let start = ContinuousClock.now
        let result = await spans.authentication(authenticate) { AuthenticationOutcome($0).rawValue }
        authenticationDuration.recordNanoseconds((ContinuousClock.now - start).wholeNanoseconds)
        authentications[AuthenticationOutcome(result)]?.increment()
        return result
    }
}

extension DecisionMetrics {
    /// The end of a request, as named in metrics and spans.
    private enum Outcome: String, CaseIterable {
        case allowed, unauthenticated, forbidden, unavailable
        case stepUp = "step_up"
        case badRequest = "bad_request"
        case preflight

        init(_ result: AuthorizationResult) {
            guard case .reject(let rejection) = result else {
                self = .allowed
                return
            }
            switch rejection.response.status.code {
            case 204: self = .preflight
            case 400: self = .badRequest
            case 401: self = .unauthenticated
            case 503: self = .unavailable
            default: self = rejection.reason.code == Refusals.steppingUpCode ? .stepUp : .forbidden
            }
        }
    }

    /// The result of an authentication.
    private enum AuthenticationOutcome: String, CaseIterable {
        case authenticated, anonymous, rejected, unavailable

        init(_ result: AuthorizationResult) {
            switch result {
            case .proceed(let request): self = request.principal == nil ? .anonymous : .authenticated
            case .reject(let rejection):
                self = rejection.response.status == .serviceUnavailable ? .unavailable : .rejected
            }
        }
    }
}

extension Duration {
    /// The duration in whole nanoseconds, limited to the largest `Int64`.
    var wholeNanoseconds: Int64 {
        let (seconds, overflow) = components.seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, sumOverflow) = seconds.addingReportingOverflow(components.attoseconds / 1_000_000_000)
        return overflow || sumOverflow ? .max : sum
    }
}
