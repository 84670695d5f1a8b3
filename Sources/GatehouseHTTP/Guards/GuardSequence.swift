/// Two guards in sequence. The second guard receives the requests that the first guard accepts.
public struct GuardSequence<First: RequestGuard, Second: RequestGuard>:
    RequestGuard
{
    @usableFromInline let first: First
    @usableFromInline let second: Second

    /// Makes a sequence.
    @inlinable
    public init(_ first: First, _ second: Second) {
        self.first = first
        self.second = second
    }

    @inlinable
    public func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult {
        switch await first.authorize(request) {
        case .proceed(let request): await second.authorize(request)
        case .reject(let rejection): .reject(rejection)
        }
    }

    @inlinable
    public func authorizedAtHand(_ request: AuthorizationRequest) -> AuthorizationRequest? {
        first.authorizedAtHand(request).flatMap { second.authorizedAtHand($0) }
    }
}

extension RequestGuard {
    /// Returns this guard followed by another.
    @inlinable
    public func then<Next: RequestGuard>(_ next: Next) -> GuardSequence<Self, Next> {
        GuardSequence(self, next)
    }

    /// Returns this guard followed by a requirement.
    @inlinable
    public func requiring(
        _ requirement: Requirement,
        by authorizer: Authorizer,
        refusals: Refusals = Refusals()
    ) -> GuardSequence<Self, RequirementGuard> {
        then(RequirementGuard(requirement, by: authorizer, refusals: refusals))
    }
}
