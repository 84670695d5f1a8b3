/// Asks sources in turn, and takes the answer of the first that knows the member. A source that fails ends the search: the next one might
/// say more than it would have.
///
/// Sources that need no load come first, and behind one that does they are not asked: ``SessionClaims`` answer where the
/// credential carries a role. In a union, of which another part has to be loaded, those behind them are asked all the same: a
/// load knows no credential.
public struct FirstMembership: MembershipSource {
    private let sources: [any MembershipSource]

    /// Asks these in turn.
    public init(_ sources: any MembershipSource...) {
        self.sources = sources
    }

    public var staleness: Duration? { sources.stalest }

    /// Its revision is that of the first source that needs a load at all; of an answer of a later one it is `nil`, since those of several
    /// sources have no common order. So the store that changes go to comes before other sources that are asked.
    public func membership(of member: Member) async throws -> Membership? {
        var isFirst = true
        for source in sources {
            if let found = try await source.membership(of: member) {
                return isFirst ? found : Membership(roles: found.roles)
            }
            isFirst = isFirst && source.claimed(by: Principal(member)).isComplete
        }
        return nil
    }

    public func claimed(by principal: Principal) -> ClaimedRoles {
        for source in sources {
            let claimed = source.claimed(by: principal)
            if !claimed.roles.isEmpty || !claimed.isComplete { return claimed }
        }
        return ClaimedRoles(roles: [], isComplete: true)
    }
}

extension [any MembershipSource] {
    /// The largest age of the stalest one's answers; `nil` if nobody knows.
    var stalest: Duration? {
        reduce(.zero) { stalest, source in
            stalest.flatMap { stalest in source.staleness.map { Swift.max(stalest, $0) } }
        }
    }
}
