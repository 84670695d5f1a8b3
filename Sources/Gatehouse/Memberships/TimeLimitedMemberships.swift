/// A source that fails where another has not answered in time, so that a check is undecided (503) instead of waiting.
///
/// The other is then told to stop, and must: a load is over when its source is.
public struct TimeLimitedMemberships: MembershipSource {
    private let source: any MembershipSource
    private let limit: Duration

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - source: The source that is asked.
    ///   - limit: How long an answer may take, in elapsed time.
    public init(_ source: any MembershipSource, limit: Duration) {
        self.source = source
        self.limit = limit
    }

    public var staleness: Duration? { source.staleness }

    public func membership(of member: Member) async throws -> Membership? {
        try await withThrowingTaskGroup(of: Membership?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await source.membership(of: member) }
            group.addTask {
                try await Task.sleep(for: limit)
                throw MembershipSourceError("no answer within \(limit)", code: .timedOut)
            }
            return try await group.next() ?? nil  // there are two to wait for
        }
    }

    public func claimed(by principal: Principal) -> ClaimedRoles { source.claimed(by: principal) }
}
