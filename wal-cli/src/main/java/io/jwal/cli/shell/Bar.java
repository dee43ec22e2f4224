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

    Bar(Shell shell, String task, long bytes) {
        bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(bytes)
                .setUnit(" MiB", MEBI)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(shell.err(), WIDTH))
                .build();
    }

    @Override
    public void at(long bytes) {
        bar.stepTo(bytes);
    }

    @Override
    public void close() {
        bar.close();
    }
}
