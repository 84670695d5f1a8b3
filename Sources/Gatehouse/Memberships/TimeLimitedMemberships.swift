/// A source that fails if another source has not answered in time, so that a check is undecided (503) instead of waiting.
///
/// The other source is then cancelled, and must heed the cancellation: the load ends when its source ends.
public struct TimeLimitedMemberships: MembershipSource {
    private let source: any MembershipSource
    private let limit: Duration

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - source: The source that is asked.
    ///   - limit: The longest time for an answer, in elapsed time.
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
            return try await group.next() ?? nil  // two tasks are waited for
        }
    }

    public func claimed(by principal: Principal) -> ClaimedRoles { source.claimed(by: principal) }
}
