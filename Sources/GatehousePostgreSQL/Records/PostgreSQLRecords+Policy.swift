#if PostgreSQL
public import Gatehouse
import GatehouseRecords

extension PostgreSQLRecords {
    /// Returns the policy of all nodes; `nil` if none was set.
    ///
    /// - Throws: `RecordStoreError`, also if this version cannot compile the policy.
    public func sharedPolicy() async throws -> PolicyEngine? {
        guard let content = try await sharedContent(unless: nil) else { return nil }
        return try Self.compile(content)
    }

    /// Returns the revision of the policy of all nodes, even if this version cannot compile the policy; `nil` if none was set.
    ///
    /// - Throws: `RecordStoreError`, also if the stored text is not a revision.
    public func sharedPolicyRevision() async throws -> PolicyRevision? {
        let text = try await read { try $0.database.row("SELECT revision FROM gatehouse_current_policy")?.name(0) }
        guard let text else { return nil }
        guard let revision = PolicyRevision(text) else {
            throw RecordStoreError(.corrupt, "what gatehouse_current_policy has is no policy: remove its row")
        }
        return revision
    }

    /// Sets the policy of all nodes, unless another policy was set in the meantime.
    ///
    /// - Parameters:
    ///   - engine: The compiled policy.
    ///   - former: The revision of the policy that is replaced; `nil` if there must be none yet.
    /// - Returns: False if another policy is in force. Read that policy, and decide again.
    public func setSharedPolicy(_ engine: PolicyEngine, replacing former: PolicyRevision?) async throws -> Bool {
        let (revision, content) = (engine.revision.text, engine.content)
        return try await write { rows in
            try rows.database.lock(.policies)
            let held = try rows.database.row("SELECT revision FROM gatehouse_current_policy")?.name(0)
            guard held == former?.text else { return false }
            try rows.put(
                "gatehouse_current_policy",
                key: ["only_one"],
                columns: ["revision", "content"],
                [true, revision.sql, .bytes(content)]
            )
            return true
        }
    }

    /// Keeps a policy equal to the policy of all nodes until the task is cancelled. Run the method beside the server. If the database does
    /// not answer, or this version cannot compile the policy, the last valid policy stays in force, and `policy.failure` has the reason.
    ///
    /// - Parameters:
    ///   - policy: The current policy of this node, which an authorizer uses.
    ///   - interval: The time between two questions to the database.
    ///   - reloaded: A closure that is called with `true` for each new policy, and with `false` for the first failure after a success.
    public func followSharedPolicy(
        _ policy: CurrentPolicy,
        every interval: Duration = .seconds(1),
        reloaded: @Sendable (Bool) -> Void = { _ in }
    ) async throws {
        while !Task.isCancelled {
            let hadFailed = policy.failure != nil
            do {
                // After a failure the whole policy is read, since only a successful read clears the failure.
                if let content = try await sharedContent(unless: hadFailed ? nil : policy.engine.revision.text) {
                    let isLoaded = policy.reload { try Self.compile(content) }
                    if isLoaded || !hadFailed { reloaded(isLoaded) }
                }
            } catch {
                if Task.isCancelled { return }
                _ = policy.reload { throw error }
                if !hadFailed { reloaded(false) }
            }
            try? await Task.sleep(for: interval)
        }
    }

    /// Returns the content of the current policy; `nil` if there is none, or if it has this revision.
    private func sharedContent(unless revision: String?) async throws -> [UInt8]? {
        try await read { rows in
            try rows.database.row(
                "SELECT content FROM gatehouse_current_policy WHERE revision IS DISTINCT FROM $1::text",
                [revision.sql]
            )?.bytes(0)
        }
    }

    private static func compile(_ content: [UInt8]) throws -> PolicyEngine {
        do throws(PolicyError) {
            return try PolicyEngine(content: content)
        } catch {
            throw RecordStoreError(.unusable, "the policy of all nodes is none that this version knows: \(error)")
        }
    }
}
#endif
