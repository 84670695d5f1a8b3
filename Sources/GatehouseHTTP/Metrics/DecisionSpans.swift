#if Tracing
import Tracing

/// The spans around decisions.
struct DecisionSpans: Sendable {
    private let tracer: any Tracer

    init(_ tracer: any Tracer = InstrumentationSystem.tracer) {
        self.tracer = tracer
    }

    func decision(
        _ decide: () async -> AuthorizationResult,
        named outcome: (AuthorizationResult) -> String
    ) async -> AuthorizationResult {
        await tracer.withAnySpan("gatehouse.authorize", ofKind: .internal) { span in
            let result = await decide()
            span.attributes["gatehouse.outcome"] = outcome(result)
            if case .reject(let rejection) = result {
                span.attributes["gatehouse.reason.code"] = rejection.reason.code
                span.attributes["http.response.status_code"] = rejection.response.status.code
                if rejection.response.status == .serviceUnavailable { span.setStatus(SpanStatus(code: .error)) }
            }
            return result
        }
    }

    /// Makes the span of a decision that was known without suspension; no span if the decision was not known.
    func knownDecision(_ decide: () -> AuthorizationRequest?, named outcome: String) -> AuthorizationRequest? {
        let start = DefaultTracerClock.now
        guard let request = decide() else { return nil }
        tracer.withAnySpan("gatehouse.authorize", at: start, ofKind: .internal) { span in
            span.attributes["gatehouse.outcome"] = outcome
        }
        return request
    }

    func authentication(
        _ authenticate: () async -> AuthorizationResult,
        named outcome: (AuthorizationResult) -> String
    ) async -> AuthorizationResult {
        await tracer.withAnySpan("gatehouse.authenticate", ofKind: .internal) { span in
            let result = await authenticate()
            span.attributes["gatehouse.outcome"] = outcome(result)
            return result
        }
    }
}
#else
/// An empty type in place of spans, which need the trait `Tracing`.
struct DecisionSpans: Sendable {
    func decision(
        _ decide: () async -> AuthorizationResult,
        named outcome: (AuthorizationResult) -> String
    ) async -> AuthorizationResult { await decide() }

    func knownDecision(_ decide: () -> AuthorizationRequest?, named outcome: String) -> AuthorizationRequest? {
        decide()
    }

    func authentication(
        _ authenticate: () async -> AuthorizationResult,
        named outcome: (AuthorizationResult) -> String
    ) async -> AuthorizationResult { await authenticate() }
}
#endif
