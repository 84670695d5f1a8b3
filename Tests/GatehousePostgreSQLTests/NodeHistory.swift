#if PostgreSQL
import Dispatch
import Foundation
import Gatehouse
import GatehousePostgreSQL
import GatehouseRecords
import Synchronization
import TestSupport
import Testing

/// The reports of three nodes about their steps, with the times by one clock.
final class NodeHistory: Sendable {
    /// A change of a user's membership, by when each part of it was.
    struct Change: Sendable {
        var giving: UInt64
        var gave: UInt64?
        var taking: UInt64?
        var took: UInt64?
    }

    struct Grant: Sendable {
        let node: String
        let user: String
        let asked: UInt64
        let answered: UInt64
    }

    private struct State {
        var changes: [String: [Change]] = [:]
        var grants: [Grant] = []
        var webhooks: Set<String> = []
        var records: Set<String> = []
        var unsure = 0
        var steps: [String: Int] = [:]
        var isReady: Set<String> = []
        var isStopped: Set<String> = []
        var hasEnded: Set<String> = []
        var unknown: [String] = []
        /// They end with the next news.
        var waiters: [AsyncStream<Void>.Continuation] = []
    }

    private let state = Mutex(State())

    private func wakeWaiters() {
        let waiters = state.withLock { state in
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.finish() }
    }

    /// Waits until a condition holds; `false` if the node has ended.
    ///
    /// - Throws: `CancellationError` at the test's limit.
    private func wait(for node: String, until isMet: (State) -> Bool) async throws -> Bool {
        while true {
            let (news, waiter) = AsyncStream.makeStream(of: Void.self)
            let result: Bool? = state.withLock { state in
                if state.hasEnded.contains(node) { return false }
                if isMet(state) { return true }
                state.waiters.append(waiter)
                return nil
            }
            if let result { return result }
            for await _ in news {}
            try Task.checkCancellation()
        }
    }

    /// Notes that a node has ended, once all that it said is heard.
    func end(of node: String) {
        state.withLock { _ = $0.hasEnded.insert(node) }
        wakeWaiters()
    }

    func hear(_ line: String, from node: String) {
        defer { wakeWaiters() }
        let words = line.split(separator: " ").map(String.init)
        state.withLock { state in
            func time(_ place: Int) -> UInt64? { words.count > place ? UInt64(words[place]) : nil }
            func change(_ body: (inout Change) -> Void) {
                guard let last = state.changes[words[1]]?.indices.last else {
                    return state.unknown.append(line)
                }
                state.changes[words[1]]?[last].apply(body)
            }
            switch (words.first, words.count) {
            case ("yes", 4):
                guard let asked = time(2), let answered = time(3) else { break }
                state.grants.append(Grant(node: node, user: words[1], asked: asked, answered: answered))
                return
            case ("giving", 3):
                state.changes[words[1], default: []].append(Change(giving: time(2) ?? 0))
                return
            case ("gave", 3): return change { $0.gave = time(2) }
            case ("taking", 3): return change { $0.taking = time(2) }
            case ("took", 3):
                state.steps[node, default: 0] += 1
                return change { $0.took = time(2) }
            case ("webhook", 2):
                state.webhooks.insert(words[1])
                return
            case ("audit", 2):
                state.records.insert(words[1])
                return
            case ("unsure", 2):
                state.unsure += 1
                return
            case ("ready", 2):
                state.isReady.insert(node)
                return
            case ("stopped", 1):
                state.isStopped.insert(node)
                return
            default: break
            }
            state.unknown.append(line)
        }
    }

    /// Waits until a node can work; `false` if it has ended.
    func waitUntilReady(_ node: String) async throws -> Bool {
        try await wait(for: node) { $0.isReady.contains(node) }
    }

    /// Waits until a node has ended its changes, or has ended.
    func waitUntilStopped(_ node: String) async throws {
        _ = try await wait(for: node) { $0.isStopped.contains(node) }
    }

    /// Waits until a node has given and taken more memberships than so many; `false` if it has ended.
    func waitForSteps(of node: String, beyond count: Int) async throws -> Bool {
        try await wait(for: node) { $0.steps[node] ?? 0 > count }
    }

    /// How many memberships a node has given and taken.
    func steps(of node: String) -> Int { state.withLock { $0.steps[node] ?? 0 } }

    /// The grants for users who had lost their membership for longer than a bound, and had not begun to get another.
    func staleGrants(beyond bound: Duration) -> [String] {
        let bound = UInt64(bound / .nanoseconds(1))
        return state.withLock { state in
            state.grants.compactMap { grant in
                let changes = state.changes[grant.user] ?? []
                guard let last = changes.last(where: { $0.giving <= grant.answered }) else {
                    return "\(grant.user) at \(grant.node) before any membership"
                }
                guard let took = last.took, took + bound < grant.asked else { return nil }
                return "\(grant.user) at \(grant.node), \((grant.asked - took) / 1_000_000) ms after the end"
            }
        }
    }

    /// A sentence for each promise that the store does not keep, once all that waits was handled.
    func broken(in records: PostgreSQLRecords) async throws -> [String] {
        let (stored, effects, appended, held, damaged) = try await records.read { rows in
            (
                try rows.database.rows("SELECT substr(id, 5) FROM gatehouse_webhooks WHERE type = 'user.created'").map {
                    try $0.text(0)
                },
                try rows.database.rows("SELECT substr(id, 6) FROM effects").map { try $0.text(0) },
                try rows.database.rows("SELECT member FROM gatehouse_audit WHERE type = 'test.event'").map {
                    try $0.text(0)
                },
                Set(try rows.recordedRoles(issuer: "https://i", at: .distantFuture).map(\.member.user)),
                try rows.auditWriters().filter { try !rows.verifyAudit(of: $0).isWhole }
            )
        }
        return state.withLock { state in
            var broken = state.unknown.map { "said “\($0)”" } + damaged.map { "the chain of \($0) is damaged" }
            broken += state.webhooks.subtracting(stored).map { "webhook \($0) was acknowledged and is lost" }
            broken += state.records.subtracting(appended).map { "record \($0) was acknowledged and is lost" }
            broken += Set(stored).subtracting(effects).map { "webhook \($0) took no effect" }
            if Set(effects).count != effects.count { broken.append("a webhook took effect twice") }
            if Set(appended).count != appended.count {
                broken.append("\(appended.count - Set(appended).count) records were written twice")
            }
            for (user, changes) in state.changes {
                guard let last = changes.last else { continue }
                // Of a change that nobody acknowledged, either end is right.
                if last.took != nil, held.contains(user) { broken.append("\(user) holds what was taken") }
                if last.gave != nil, last.taking == nil, !held.contains(user) {
                    broken.append("\(user) lacks what was given")
                }
            }
            if Set(state.grants.map(\.node)).count < 3 { broken.append("a node never granted anything") }
            return broken
        }
    }

    var summary: String {
        state.withLock { state in
            "\(state.changes.values.map(\.count).reduce(0, +)) memberships, \(state.grants.count) grants, "
                + "\(state.webhooks.count) webhooks, \(state.records.count) records, \(state.unsure) unsure"
        }
    }
}

extension NodeHistory.Change {
    fileprivate mutating func apply(_ body: (inout Self) -> Void) { body(&self) }
}

/// A process that is a node.
final class NodeProcess {
    let name: String
    private let program: RunningProgram
    private let reading = DispatchGroup()

    /// Starts a node; its lines are heard from then on.
    init(_ name: String, url: String, ahead: Int, users: Int, history: NodeHistory) throws {
        self.name = name
        // Whoever tells a node that was killed gets an error, and no signal.
        signal(SIGPIPE, SIG_IGN)
        let child = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(
            path: "PostgreSQLChild"
        )
        program = try RunningProgram([child.path, url, name, "\(ahead)", "\(users)"])
        reading.enter()
        Thread.detachNewThread { [output = program.output, reading] in
            while let line = output.next() { history.hear(line, from: name) }
            history.end(of: name)
            reading.leave()
        }
    }

    func tell(_ line: String) { try? program.write(line) }

    /// Kills the process at once; all that it said before is heard when this returns.
    func kill() {
        program.send(SIGKILL)
        program.waitUntilExit()
        reading.wait()
    }
}
#endif
