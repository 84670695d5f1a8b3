#if PostgreSQL
import Foundation
import Synchronization

/// Starts processes one at a time. One that is started while another thread makes a pipe may inherit that pipe, and whoever waits for the pipe's end
/// then waits for the life of a process that has nothing to do with it.
enum Spawning {
    private static let lock = Mutex(())

    /// Connects a process to pipes that are made meanwhile, and starts it.
    static func start(_ process: Process, _ connect: (Process) throws -> Void = { _ in }) throws {
        try lock.withLock { _ in
            try connect(process)
            try process.run()
        }
    }
}
#endif
