import Dispatch
import Synchronization

// The thread sanitizer must report these two programs, so that its silence about ours means something:
// `guarded` is right, and contends for a Mutex; `unguarded` is a race.

final class Counter: @unchecked Sendable {
    // Unchecked, since one of the programs is to be wrong.
    var count = 0
}

let counter = Counter()
let lock = Mutex(())
let isGuarded = CommandLine.arguments.dropFirst().first == "guarded"

DispatchQueue.concurrentPerform(iterations: 4) { _ in
    for _ in 0..<100_000 {
        if isGuarded { lock.withLock { _ in counter.count += 1 } } else { counter.count += 1 }
    }
}
print(counter.count)
