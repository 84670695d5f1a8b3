#if PostgreSQL
import Dispatch
import Foundation
import Gatehouse
import GatehousePostgreSQL
import GatehouseRecords
import Synchronization
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
        var unknown: [String] = []
    }

    private let state = Mutex(State())

    func hear(_ line: Substring, from node: String) {
        let words = line.split(separator: " ").map(String.init)
        state.withLock { state in
            func time(_ place: Int) -> UInt64? { words.count > place ? UInt64(words[place]) : nil }
            func change(_ body: (inout Change) -> Void) {
                guard let last = state.changes[words[1]]?.indices.last else {
                    return state.unknown.append(String(line))
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
            state.unknown.append(String(line))
        }
    }

    func isReady(_ node: String) -> Bool { state.withLock { $0.isReady.contains(node) } }
    func isStopped(_ node: String) -> Bool { state.withLock { $0.isStopped.contains(node) } }
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
    private let process = Process()
    private let input: Pipe
    private let reading = DispatchGroup()

    /// Starts a node; its lines are heard from then on.
    init(_ name: String, url: String, ahead: Int, users: Int, history: NodeHistory) throws {
        self.name = name
        // Whoever tells a node that was killed gets an error, and no signal.
        signal(SIGPIPE, SIG_IGN)
        process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(
            path: "PostgreSQLChild"
        )
        process.arguments = [url, name, "\(ahead)", "\(users)"]
        var pipes: (input: Pipe, output: Pipe)?
        try Spawning.start(process) { process in
            let made = (input: Pipe(), output: Pipe())
            (process.standardInput, process.standardOutput) = (made.input, made.output)
            pipes = made
        }
        guard let pipes else { throw PostgreSQLServer.Missing(description: "no pipes") }
        input = pipes.input
        let (handle, group) = (pipes.output.fileHandleForReading, reading)
        group.enter()
        Thread.detachNewThread {
            var rest: [UInt8] = []
            while true {
                let chunk = handle.availableData
                guard !chunk.isEmpty else { break }
                rest += chunk
                guard let end = rest.lastIndex(of: 0x0A) else { continue }
                for line in String(decoding: rest[..<end], as: UTF8.self).split(separator: "\n") {
                    history.hear(line, from: name)
                }
                rest.removeFirst(end + 1)
            }
            group.leave()
        }
    }

    var isRunning: Bool { process.isRunning }

    func tell(_ line: String) { try? input.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8)) }

    /// Kills the process at once; all that it said before is heard when this returns.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        reading.wait()
    }
}
#endif
