/// The roles that any of several sources gives. Where one fails there is no answer.
public struct UnionOfMemberships: MembershipSource {
    private let sources: [any MembershipSource]

    /// Asks all of these, in turn.
    public init(_ sources: any MembershipSource...) {
        self.sources = sources
    }

    public var staleness: Duration? { sources.stalest }

    /// Its revision is `nil`, as those of several sources have no common order.
    public func membership(of member: Member) async throws -> Membership? {
        var union: Membership?
        for source in sources {
            guard let found = try await source.membership(of: member) else { continue }
            union = Membership(roles: (union?.roles ?? []) + found.roles)
        }
        return union
    }

    public func claimed(by principal: Principal) -> ClaimedRoles {
        let claimed = sources.map { $0.claimed(by: principal) }
        return ClaimedRoles(roles: claimed.flatMap(\.roles), isComplete: claimed.allSatisfy(\.isComplete))
    }
}
