/// A source of the roles of members.
///
/// | source | what a check costs | how stale an answer can be |
/// |---|---|---|
/// | ``SessionClaims`` | nothing | as old as the credential, unless ``RevocationMarks`` refuse it |
/// | ``PolicyAssignments`` | nothing | not at all: they change with the policy |
/// | ``InMemoryMemberships`` | a look-up, then a hit | not at all |
/// | ``DirectoryMemberships`` | a look-up, then a hit | its directory's lag |
/// | ``BackendMemberships`` | a request over the network, then a hit | as its backend's: by default not at all |
/// | ``FirstMembership``, ``UnionOfMemberships`` | their sources' | as their sources' stalest |
/// | ``TimeLimitedMemberships`` | its source's, up to its limit | as its source |
///
/// A check by ids brings no credential. The first two sources then give nothing, and a cache remembers their answer like any other. A
/// ``PermissionCache`` remembers loaded answers and adds its own time: see <doc:Bounds>.
public protocol MembershipSource: Sendable {
    /// Returns the source's answer about a member. The answer must not be older than this call.
    ///
    /// The call must end in bounded time, and should end soon after its task is cancelled, since only one load for each member runs at a
    /// time. ``TimeLimitedMemberships`` adds a deadline to a source that heeds cancellation and has no deadline of its own.
    ///
    /// - Returns: The member's roles, empty if the user is no member; `nil` if the source knows nothing of such members, for example of
    ///   another issuer.
    /// - Throws: The error that kept the source from answering. The check is then undecided (503), never a denial. A
    ///   ``MembershipSourceError`` may say when to try again.
    func membership(of member: Member) async throws -> Membership?

    /// Returns the roles in a principal's own credential, without a load.
    func claimed(by principal: Principal) -> ClaimedRoles

    /// The largest age of an answer when the source gives it; `nil` if the age is not known.
    var staleness: Duration? { get }
}

extension MembershipSource {
    /// Returns no roles: all roles have to be loaded.
    public func claimed(by principal: Principal) -> ClaimedRoles { ClaimedRoles(roles: [], isComplete: false) }

    /// The default staleness, `nil`: the age is not known.
    public var staleness: Duration? { nil }
}
