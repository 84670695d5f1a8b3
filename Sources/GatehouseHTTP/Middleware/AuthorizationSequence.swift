/// One middleware after another: the second sees what the first lets through.
public struct AuthorizationSequence<First: AuthorizationMiddleware, Second: AuthorizationMiddleware>:
    AuthorizationMiddleware
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
}

extension AuthorizationMiddleware {
    /// This middleware, and then another.
    @inlinable
    public func then<Next: AuthorizationMiddleware>(_ next: Next) -> AuthorizationSequence<Self, Next> {
        AuthorizationSequence(self, next)
    }

    /// This middleware, and then a requirement.
    @inlinable
    public func requiring(
        _ requirement: Requirement,
        by authorizer: Authorizer,
        refusals: Refusals = Refusals()
    ) -> AuthorizationSequence<Self, RequirementMiddleware> {
        then(RequirementMiddleware(requirement, by: authorizer, refusals: refusals))
    }
}
