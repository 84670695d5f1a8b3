/// A source of the roles of members.
///
/// | source | what a check costs | how stale an answer can be |
/// |---|---|---|
/// | ``SessionClaims`` | nothing | as old as the credential, but for what ``RevocationMarks`` say |
/// | ``PolicyAssignments`` | nothing | not at all: they change with the policy |
/// | ``InMemoryMemberships`` | a look-up, then a hit | not at all |
/// | ``DirectoryMemberships`` | a look-up, then a hit | its directory's lag |
/// | ``BackendMemberships`` | a request over the network, then a hit | as its backend's: by default not at all |
/// | ``FirstMembership``, ``UnionOfMemberships`` | their sources' | as their sources' stalest |
/// | ``TimeLimitedMemberships`` | its source's, up to its limit | as its source |
///
/// A check by ids brings no credential: the first two sources then have nothing to say, and that is remembered as an answer is.
/// A ``PermissionCache`` then remembers what is loaded, and adds its own time: <doc:Bounds>.
public protocol MembershipSource: Sendable {
    /// Returns the source's answer about a member, as it stands after this is called.
    ///
    /// It must end in bounded time, and should soon when the task is cancelled: one load a member is under way at a time. Where
    /// it heeds that and has no deadline of its own, ``TimeLimitedMemberships`` gives it one.
    ///
    /// - Returns: Its roles, none where it is no member; `nil` if the source knows nothing of such members, such as those of
    ///   another issuer.
    /// - Throws: The error that kept it from answering. The check is then undecided (503), never a denial; a
    ///   ``MembershipSourceError`` may say when to try again.
    func membership(of member: Member) async throws -> Membership?

    /// Returns the roles that a principal's own credential gives, without a load.
    func claimed(by principal: Principal) -> ClaimedRoles

    /// The largest age of an answer when the source gives it; `nil` if nobody knows.
    var staleness: Duration? { get }
}

extension MembershipSource {
    /// Nothing, and the rest has to be loaded.
    public func claimed(by principal: Principal) -> ClaimedRoles { ClaimedRoles(roles: [], isComplete: false) }

    /// Nobody knows.
    public var staleness: Duration? { nil }
}
