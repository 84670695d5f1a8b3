/// The memberships that a directory holds, as long as it keeps up.
public struct DirectoryMemberships: MembershipSource {
    private let directory: any MembershipDirectory
    private let maximumLag: Duration

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - directory: The copy that is read.
    ///   - maximumLag: A directory that lags more does not answer: checks are undecided (503) until it has caught up.
    public init(_ directory: any MembershipDirectory, maximumLag: Duration) {
        self.directory = directory
        self.maximumLag = maximumLag
    }

    public var staleness: Duration? { maximumLag }

    public func membership(of member: Member) async throws -> Membership? {
        // Asked first: what was in step before the look-up is at most that old when it is read.
        let lag = try await directory.lag()
        guard lag <= maximumLag else {
            throw MembershipSourceError("the directory lags by \(lag), and may by \(maximumLag)", code: .lagging)
        }
        return try await directory.membership(of: member)
    }
}
