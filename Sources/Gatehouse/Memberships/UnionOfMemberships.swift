/// The roles that any of several sources gives. If one source fails, there is no answer.
public struct UnionOfMemberships: MembershipSource {
    private let sources: [any MembershipSource]

    /// Asks all of these, in turn.
    public init(_ sources: any MembershipSource...) {
        self.sources = sources
    }

    public var staleness: Duration? { sources.stalest }

    /// Returns the union of the answers. The revision is `nil`, since the revisions of several sources have no common order.
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
