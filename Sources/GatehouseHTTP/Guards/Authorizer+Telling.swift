import GatehouseBase
import HTTPTypes

extension Authorizer {
    /// Returns the outcome of `decide`. The observers of decisions also receive the request.
    func telling(
        of request: AuthorizationRequest,
        _ decide: () async -> Requirement.Outcome
    ) async -> Requirement.Outcome {
        guard !observers.isEmpty else { return await decide() }
        let description = RequestDescription(
            id: request.requestID,
            address: RequestDescription.current?.address,
            userAgent: request.headerFields[.userAgent].map { $0.inOneLine(upTo: 256) }
        )
        return await RequestDescription.$current.withValue(description) { await decide() }
    }

    /// Returns the answer to a request that is refused before its requirement is checked. The observers are told about the refusal first.
    ///
    /// - Parameter requirement: The requirement of the route; `nil` for a route without a requirement.
    func refusing(
        _ request: AuthorizationRequest,
        _ requirement: Requirement?,
        _ reason: String,
        _ refusals: Refusals
    ) async -> Rejection {
        let outcome = await telling(of: request) {
            await tell(.refused(reason), of: requirement, for: request.principal)
        }
        guard let error = AccessError(outcome) else { return refusals.refused(request, reason) }
        return refusals.rejection(of: request, for: error)
    }
}
