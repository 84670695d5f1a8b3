import GatehouseBase
import Synchronization

/// An entry that waits to be written.
enum AuditEntry: Sendable {
    case record(AuditRecord)
    case decision(DecisionEvent)
    case requirement(RequirementEvent)

    /// Makes the record. The reasons of a decision are found only here, off the request's path.
    func encoded() -> AuditRecord {
        switch self {
        case .record(let record): record
        case .decision(let event): AuditRecord(event)
        case .requirement(let event): AuditRecord(event)
        }
    }
}

/// The records that wait, in their order, and the turn to write.
final class AuditQueue: Sendable {
    private struct State {
        /// The waiting entries, after the free places of removed entries, so that a removal moves no other entry.
        private(set) var places: [AuditEntry?] = []
        private var free = 0
        /// The number of entries ever added, and the number of durable entries among them.
        var added: UInt64 = 0
        var committed: UInt64 = 0
        var isBusy = false
        var waiting: [CheckedContinuation<Bool, Never>] = []
        var wake: CheckedContinuation<Void, Never>?

        /// The number of waiting entries.
        var count: Int { places.count - free }

        init(reserving count: Int) { places.reserveCapacity(count) }

        mutating func append(_ entry: AuditEntry) { places.append(entry) }

        func entries(behind skipped: Int, atMost count: Int) -> [AuditEntry] {
            places.dropFirst(free).dropFirst(skipped).prefix(count).compactMap(\.self)
        }

        mutating func removeFirst(_ count: Int) {
            for place in places.indices.dropFirst(free).prefix(count) { places[place] = nil }
            free = min(places.count, free + count)
            guard free * 2 >= places.count else { return }
            places.removeFirst(free)
            free = 0
        }
    }

    private let capacity: Int
    private let state: Mutex<State>

    init(capacity: Int) {
        self.capacity = capacity
        state = Mutex(State(reserving: min(capacity, 1_024)))
    }

    /// The number of waiting entries.
    var count: Int { state.withLock { $0.count } }

    /// True if the queue is full.
    var isFull: Bool { count >= capacity }

    /// The number of entries ever added.
    var added: UInt64 { state.withLock { $0.added } }

    /// The number of durable entries.
    var committed: UInt64 { state.withLock { $0.committed } }

    /// Adds an entry; false if the queue is full.
    func add(_ entry: AuditEntry) -> Bool { addTicketed(entry) != nil }

    /// Adds an entry, and returns its number; `nil` if the queue is full.
    func addTicketed(_ entry: AuditEntry) -> UInt64? {
        let (ticket, wake) = state.withLock { state -> (UInt64?, CheckedContinuation<Void, Never>?) in
            guard state.count < capacity else { return (nil, nil) }
            state.append(entry)
            state.added += 1
            let wake = state.wake
            state.wake = nil
            return (state.added, wake)
        }
        wake?.resume()
        return ticket
    }

    /// Returns the waiting entries from a number on. The number of an entry is the number of entries that were added before it.
    func entries(from number: UInt64, atMost count: Int) -> [AuditEntry] {
        state.withLock { state in
            // Entries that became durable meanwhile do not shift the others.
            guard number >= state.committed else { return [] }
            return state.entries(behind: Int(clamping: number - state.committed), atMost: count)
        }
    }

    /// Forgets the oldest entries, which are durable.
    func removeFirst(_ count: Int) {
        let dropped = state.withLock { state in
            let dropped = state.entries(behind: 0, atMost: count)
            state.removeFirst(count)
            state.committed += UInt64(dropped.count)
            return dropped
        }
        withExtendedLifetime(dropped) {}  // freed here, outside the lock
    }

    /// Takes the turn to write. Returns true if the caller has the turn, and false if another caller had the turn and has given it back.
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

    /// Gives the turn back, and resumes the tasks that wait for it.
    func release() {
        let waiting = state.withLock { state in
            state.isBusy = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: false) }
    }

    /// Returns once an entry waits, or the task is cancelled.
    func waitForEntries() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isNow = state.withLock { state in
                    guard state.count == 0, !Task.isCancelled else { return true }
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
