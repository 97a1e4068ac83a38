/// Waits; returns early when the task is cancelled. Callers look at `Task.isCancelled` in their loop.
func pause(for duration: Duration) async {
    // Throws only to say that it was cancelled.
    try? await Task.sleep(for: duration)
}
