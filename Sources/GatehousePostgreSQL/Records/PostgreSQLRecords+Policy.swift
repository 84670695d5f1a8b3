#if PostgreSQL
public import Gatehouse
import GatehouseRecords

extension PostgreSQLRecords {
    /// Returns the policy that all nodes go by; `nil` if none was set.
    ///
    /// - Throws: `RecordStoreError`, also where the policy cannot be compiled by this version.
    public func sharedPolicy() async throws -> PolicyEngine? {
        guard let content = try await sharedContent(unless: nil) else { return nil }
        return try Self.compile(content)
    }

    /// Returns the revision of the policy that all nodes go by, also of one that cannot be compiled by this version; `nil` if none was set.
    ///
    /// - Throws: `RecordStoreError`, also where somebody wrote there what is no revision.
    public func sharedPolicyRevision() async throws -> PolicyRevision? {
        let text = try await read { try $0.database.row("SELECT revision FROM gatehouse_current_policy")?.name(0) }
        guard let text else { return nil }
        guard let revision = PolicyRevision(text) else {
            throw RecordStoreError(.corrupt, "what gatehouse_current_policy has is no policy: remove its row")
        }
        return revision
    }

    /// Sets the policy that all nodes go by, unless somebody else was faster.
    ///
    /// - Parameters:
    ///   - engine: The compiled policy.
    ///   - former: The revision that it takes the place of; `nil` if there must be none yet.
    /// - Returns: False if another one is in force: read it, and decide again.
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

    /// Keeps a policy what all nodes go by, until the task is cancelled: run it beside the server. Where the database does not answer, or the
    /// policy cannot be compiled by this version, the last good one stays in force, and `policy.failure` says why.
    ///
    /// - Parameters:
    ///   - policy: The policy of this node, which an authorizer goes by.
    ///   - interval: How often the database is asked which policy is in force.
    ///   - reloaded: Hears of each policy that came into force, with `true`, and with `false` of the first failure after one that did.
    public func followSharedPolicy(
        _ policy: CurrentPolicy,
        every interval: Duration = .seconds(1),
        reloaded: @Sendable (Bool) -> Void = { _ in }
    ) async throws {
        while !Task.isCancelled {
            let hadFailed = policy.failure != nil
            do {
                // After a failure the policy is read whole: that it can be read again clears the failure.
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

    /// Returns the content of the policy in force; `nil` if there is none, or it is of this revision.
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
