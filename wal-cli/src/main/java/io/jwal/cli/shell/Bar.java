package io.jwal.cli.shell;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar that redraws its line. Its width is fixed: asking the terminal takes longer than most commands. */
final class Bar implements Progress {
    private static final int WIDTH = 78;
    private static final int REDRAW_MILLIS = 200;
    private static final long MEBI = 1 << 20;

    private final ProgressBar bar;

    private Bar(Shell shell, String task, long whole, String unit, long unitSize) {
        bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(whole)
                .setUnit(unit, unitSize)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(shell.err(), WIDTH))
                .build();
    }

    static Bar bytes(Shell shell, String task, long bytes) {
        return new Bar(shell, task, bytes, " MiB", MEBI);
    }

    static Bar entries(Shell shell, String task, long entries) {
        return new Bar(shell, task, entries, " entries", 1);
    }

    @Override
    public void at(long done) {
        bar.stepTo(done);
    }

    @Override
    public void close() {
        bar.close();
    }
}
