/// A source that asks several sources in turn, and takes the answer of the first source that knows the member. A source that fails ends the
/// search, since a later source might give more than the failed one.
///
/// Sources that need no load come first. Sources behind a source that needs a load are not asked without a load: ``SessionClaims`` answer
/// only if the credential carries a role. In a union with another part that is loaded, the sources behind are asked all the same, since a
/// load knows no credential.
public struct FirstMembership: MembershipSource {
    private let sources: [any MembershipSource]

    /// Asks these in turn.
    public init(_ sources: any MembershipSource...) {
        self.sources = sources
    }

    public var staleness: Duration? { sources.stalest }

    /// Returns the first answer, with the revision of the first source that needs a load. The revision of an answer from a later source is
    /// `nil`, since the revisions of several sources have no common order. So the store that takes changes comes before other sources that
    /// are asked.
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
    /// The largest staleness of the sources; `nil` if the staleness of one is not known.
    var stalest: Duration? {
        reduce(.zero) { stalest, source in
            stalest.flatMap { stalest in source.staleness.map { Swift.max(stalest, $0) } }
        }
    }
}
