import GatehouseClerk
import GatehouseTesting
import Synchronization

/// An issuer that counts its calls, and answers at once or when it is told to.
final class ScriptedIssuer: OpaqueTokenVerifier {
    typealias Answer = Result<OpaqueToken?, OpaqueTokenError>

    @TaskLocal static var mark = "none"

    struct Call: Sendable {
        var token: String
        var kind: ClerkTokenKind
        var mark: String
        var priority: TaskPriority
    }

    private struct State {
        var isOpen: Bool
        var calls: [Call] = []
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var cancelled: Set<Int> = []
        var answer: @Sendable (String) -> Answer
    }

    private let heedsCancellation: Bool
    private let state: Mutex<State>

    /// - Parameters:
    ///   - isOpen: Whether it answers at once.
    ///   - heedsCancellation: Whether a call that is cancelled returns, and says that there is no such token.
    init(isOpen: Bool = true, heedsCancellation: Bool = true, _ answer: @escaping @Sendable (String) -> Answer) {
        self.heedsCancellation = heedsCancellation
        state = Mutex(State(isOpen: isOpen, answer: answer))
    }

    /// Says of each token that it is good, for a machine of the token's name.
    convenience init(isOpen: Bool = true, heedsCancellation: Bool = true) {
        self.init(isOpen: isOpen, heedsCancellation: heedsCancellation) { .success(.machine("mch_\($0)")) }
    }

    var calls: [Call] { state.withLock { $0.calls } }
    var cancelled: Int { state.withLock { $0.cancelled.count } }

    func answers(_ answer: @escaping @Sendable (String) -> Answer) { state.withLock { $0.answer = answer } }

    /// Answers everybody who waits, and from now on at once.
    func open() {
        let waiting = state.withLock { state in
            defer { (state.isOpen, state.waiting) = (true, [:]) }
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume() }
    }

    /// Answers the call with this number from 1, which waits.
    func answer(_ number: Int) {
        state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
    }

    /// Lets calls wait again.
    func close() { state.withLock { $0.isOpen = false } }

    func verify(_ token: String, kind: ClerkTokenKind) async throws(OpaqueTokenError) -> OpaqueToken? {
        let call = Call(token: token, kind: kind, mark: Self.mark, priority: Task.currentPriority)
        let number = state.withLock { state in
            state.calls.append(call)
            return state.calls.count
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayGoOn = state.withLock { state in
                    if state.isOpen || heedsCancellation && state.cancelled.contains(number) { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if mayGoOn { continuation.resume() }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                state.cancelled.insert(number)
                return heedsCancellation ? state.waiting.removeValue(forKey: number) : nil
            }
            waiting?.resume()
        }
        let (isCancelled, answer) = state.withLock { ($0.cancelled.contains(number), $0.answer) }
        return isCancelled ? nil : try answer(token).get()
    }
}

extension OpaqueToken {
    static func machine(_ subject: String) -> OpaqueToken { OpaqueToken(id: "mt_1", subject: subject) }
}
