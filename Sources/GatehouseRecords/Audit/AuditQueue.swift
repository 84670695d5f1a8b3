import GatehouseBase
import Synchronization

/// Something that waits to be written.
enum AuditEntry: Sendable {
    case record(AuditRecord)
    case decision(DecisionEvent)

    /// The record; of a decision, the reasons are found only here, off the request's path.
    func encoded() -> AuditRecord {
        switch self {
        case .record(let record): record
        case .decision(let event): AuditRecord(event)
        }
    }
}

/// The records that wait, in their order, and whose turn it is to write.
final class AuditQueue: Sendable {
    private struct State {
        var entries: [AuditEntry] = []
        /// How many were ever added, and how many of these are durable.
        var added: UInt64 = 0
        var committed: UInt64 = 0
        var isBusy = false
        var waiting: [CheckedContinuation<Bool, Never>] = []
        var wake: CheckedContinuation<Void, Never>?
    }

    private let capacity: Int
    private let state: Mutex<State>

    init(capacity: Int) {
        self.capacity = capacity
        var state = State()
        state.entries.reserveCapacity(min(capacity, 1_024))
        self.state = Mutex(state)
    }

    /// How many wait.
    var count: Int { state.withLock { $0.entries.count } }

    /// Whether there is no room.
    var isFull: Bool { count >= capacity }

    /// How many were ever added.
    var added: UInt64 { state.withLock { $0.added } }

    /// How many are durable.
    var committed: UInt64 { state.withLock { $0.committed } }

    /// Adds an entry; false if there is no room.
    func add(_ entry: AuditEntry) -> Bool { addTicketed(entry) != nil }

    /// Adds an entry, and gives its number; `nil` if there is no room.
    func addTicketed(_ entry: AuditEntry) -> UInt64? {
        let (ticket, wake) = state.withLock { state -> (UInt64?, CheckedContinuation<Void, Never>?) in
            guard state.entries.count < capacity else { return (nil, nil) }
            state.entries.append(entry)
            state.added += 1
            let wake = state.wake
            state.wake = nil
            return (state.added, wake)
        }
        wake?.resume()
        return ticket
    }

    /// The oldest entries.
    func first(_ count: Int) -> [AuditEntry] { state.withLock { Array($0.entries.prefix(count)) } }

    /// Forgets the oldest entries, which are durable.
    func removeFirst(_ count: Int) {
        let dropped = state.withLock { state in
            let dropped = Array(state.entries.prefix(count))
            state.entries.removeFirst(dropped.count)
            state.committed += UInt64(dropped.count)
            return dropped
        }
        withExtendedLifetime(dropped) {}  // freed here, outside the lock
    }

    /// Takes the turn to write: true once it is the caller's; false where another had it, and has given it back.
    func acquire() async -> Bool {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if !state.isBusy {
                    state.isBusy = true
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume(returning: true) }
        }
    }

    /// Gives the turn back, and wakes those who wait for it.
    func release() {
        let waiting = state.withLock { state in
            state.isBusy = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: false) }
    }

    /// Returns once something waits, or the task is cancelled.
    func waitForEntries() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isNow = state.withLock { state in
                    guard state.entries.isEmpty, !Task.isCancelled else { return true }
                    state.wake = continuation
                    return false
                }
                if isNow { continuation.resume() }
            }
        } onCancel: {
            let wake = state.withLock { state in
                defer { state.wake = nil }
                return state.wake
            }
            wake?.resume()
        }
    }
}
