/// The memberships in a directory, as long as the directory keeps up.
public struct DirectoryMemberships: MembershipSource {
    private let directory: any MembershipDirectory
    private let maximumLag: Duration

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - directory: The copy that is read.
    ///   - maximumLag: The largest lag of a directory that answers. With a longer lag, checks are undecided (503) until the directory has
    ///     caught up.
    public init(_ directory: any MembershipDirectory, maximumLag: Duration) {
        self.directory = directory
        self.maximumLag = maximumLag
    }

    public var staleness: Duration? { maximumLag }

    public func membership(of member: Member) async throws -> Membership? {
        // The lag is asked for first: an answer that is read afterwards is at most this old.
        let lag = try await directory.lag()
        guard lag <= maximumLag else {
            throw MembershipSourceError("the directory lags by \(lag), and may by \(maximumLag)", code: .lagging)
        }
        return try await directory.membership(of: member)
    }
}
