import Foundation
import Synchronization

/// What it costs that a transaction tells something: `NOTIFY` makes commits wait for each other.
enum Notifications {
    /// What a run of commits did.
    struct Run {
        var commits: Double
        /// The processor's seconds of the server's processes, a commit.
        var senderCost: Double
        /// The processor's seconds of the server's processes, a notification and connection that listens.
        var listenerCost: Double
    }

    private static let text =
        #"{"kind":"invalidation","node":"api-1/12345678901234567890","revision":123456,"scope":0,"issuer":"https://clerk.acme.example","name":"user_2abcdefghijklmnopqrstuvwxyz","organization":"org_2abcdefghijklmnopqrstuvwxyz"}"#

    /// Commits as fast as they go, for a time.
    static func run(_ url: String, connections: Int, notifies: Bool, listeners: Int = 0, seconds: Double = 2) -> Run {
        let isOver = Mutex(false)
        let total = Mutex((commits: 0, heard: 0))
        let senders = (0..<connections).map { _ in UnsafeSendable(RawConnection(url)) }
        let hearing = (0..<listeners).map { _ in UnsafeSendable(RawConnection(url)) }
        for listener in hearing { listener.value.run("LISTEN bench") }
        let notify = notifies ? "; SELECT pg_notify('bench', '\(text)' || random())" : ""
        let group = DispatchGroup()
        func thread(_ body: @escaping @Sendable () -> Void) {
            group.enter()
            Thread.detachNewThread {
                body()
                group.leave()
            }
        }
        let (sending, listening) = (senders.map(\.value.process), hearing.map(\.value.process))
        let before = (Server.seconds(sending), Server.seconds(listening))
        let start = ContinuousClock.now
        for sender in senders {
            thread {
                var count = 0
                while !isOver.withLock({ $0 }) {
                    sender.value.run("INSERT INTO commits VALUES (1)\(notify)")
                    count += 1
                }
                total.withLock { $0.commits += count }
            }
        }
        thread {
            while !isOver.withLock({ $0 }) {
                var count = 0
                for listener in hearing { count += listener.value.notifications(waiting: 0) }
                total.withLock { $0.heard += count }
                usleep(20_000)
            }
        }
        Thread.sleep(forTimeInterval: seconds)
        isOver.withLock { $0 = true }
        group.wait()
        let time = (ContinuousClock.now - start) / .seconds(1)
        let (commits, _) = total.withLock { $0 }
        let cost = (Server.seconds(sending) - before.0, Server.seconds(listening) - before.1)
        return Run(
            commits: Double(commits) / time,
            senderCost: cost.0 / Double(commits),
            listenerCost: listeners == 0 ? 0 : cost.1 / Double(commits) / Double(listeners)
        )
    }

    /// Prints what `NOTIFY` costs.
    static func measure(_ url: String) {
        RawConnection(url).run("CREATE TABLE commits (number BIGINT)")
        print("connections  commits/s  with NOTIFY")
        for connections in [1, 2, 4, 8, 16] {
            let (without, with) = (
                run(url, connections: connections, notifies: false), run(url, connections: connections, notifies: true)
            )
            print(String(format: "%11d  %9.0f  %11.0f", connections, without.commits, with.commits))
        }
        print("listening  commits/s with NOTIFY, of 4  µs a commit  µs a notification that is heard")
        for listeners in [0, 25, 50, 100, 150] {
            let with = run(url, connections: 4, notifies: true, listeners: listeners)
            print(
                String(
                    format: "%9d  %28.0f  %11.0f  %31.1f",
                    listeners,
                    with.commits,
                    with.senderCost * 1e6,
                    with.listenerCost * 1e6
                )
            )
        }
        fflush(nil)
    }
}

/// A connection that one thread uses.
struct UnsafeSendable<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
