export { RecordsViewSkeleton as default } from '@/components/data/records-skeleton'
